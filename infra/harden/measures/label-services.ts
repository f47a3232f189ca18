import { perService } from "../draft";

/**
 * Says on the container itself what it is. Labels by which the authors steered a proxy of theirs (which read them from
 * the engine's socket) go: nothing reads them now.
 */
export const labelServices = perService("label-services", ({ spec }, draft) => ({
    spec: {
        labels: {
            ...Object.fromEntries(Object.entries(spec.labels).filter(([name]) => !/^(traefik|caddy|com\.docker\.compose)[._]?/.test(name))),
            "portcullis.system": draft.application.name,
            "portcullis.role": spec.role,
        },
    },
}));
