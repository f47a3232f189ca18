import type { EdgeService } from "../../../infra/edge/infer-route";
import { planEdge } from "../../../infra/edge/plan-edge";
import type { EdgeInput, EdgeResult } from "../../../infra/edge/plan-edge";
import type { EdgeDeclaration } from "../../../infra/model/edge-declaration";

export const WEB: EdgeService = { name: "web", role: "application", published: [{ port: 80, hostPort: 8080 }], listens: [80] };
export const API: EdgeService = { name: "api", role: "application", published: [], listens: [9380] };
export const DB: EdgeService = { name: "db", role: "data", published: [{ port: 5432, hostPort: 5432 }], listens: [5432] };

/** The plan of an application of three services. */
export function plan(declaration: EdgeDeclaration | undefined, more: Partial<EdgeInput> = {}): EdgeResult {
    return planEdge({ declaration, services: [WEB, API, DB], exposure: "edge", directory: "/system", locate: () => undefined, ...more });
}
