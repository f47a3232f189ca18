import * as path from "node:path";

import type { Change, HardenedApplication } from "../../infra/model/hardened";
import { refuseProblems } from "../../infra/model/problem";
import { differences } from "../../infra/render/compare";
import { COMPOSE_FILE, composeFiles, type RenderPlace } from "../../infra/render/compose-files";
import { fingerprints } from "../../infra/render/fingerprint";
import { secretFiles, secretValues } from "../../infra/render/secret-values";
import { exemptionsFile } from "./exemptions-file";
import { writeRendering } from "./output-directory";
import { prepareSupply } from "./secret-supply";

export interface RenderRequest {
    readonly application: HardenedApplication;
    readonly place: RenderPlace;
    /** Values of secrets that the operator gives, by their names. */
    readonly env: Readonly<Record<string, string | undefined>>;
    /** Values that the application's authors published, by the secret's name: not taken for a secret. */
    readonly examples: Readonly<Record<string, string | null>>;
    /** Loads a Compose file in the canonical form of `docker compose config --format json`; an absolute path. */
    readonly load: (file: string) => Readonly<Record<string, unknown>> | Promise<Readonly<Record<string, unknown>>>;
}

/**
 * Writes the hardened application for `docker compose`. The files are loaded back before they stand where they were asked
 * for: what Compose would read differently from what was hardened is refused, and then nothing is written.
 * @returns what the rendering opened besides what `harden` did
 * @throws ProblemsError
 */
export async function renderDocker({ application, place, env, examples, load }: RenderRequest): Promise<readonly Change[]> {
    const { supply, files, fingerprintKey } = prepareSupply({ out: place.out, env, examples });
    const { values, problems } = await secretValues(application, supply);
    refuseProblems(problems);
    const rendered = composeFiles(application, place, fingerprints(application, values, fingerprintKey));
    await writeRendering(place.out, [...rendered.files, ...secretFiles(application, values), ...files()], async directory => {
        const file = path.join(directory, COMPOSE_FILE);
        refuseProblems(differences(rendered.expected, await load(file)));
        const exemptions = await exemptionsFile(file, application, [...application.changes, ...rendered.changes]);
        return exemptions === undefined ? [] : [exemptions];
    });
    return rendered.changes;
}
