import { perService } from "../draft";

/** The operator's word on how a service starts and what it is told goes before the authors'. */
export const setDeclared = perService("set-declared", ({ declared, spec, known }) => {
    const changes = Object.entries(declared.environment ?? {});
    const kept = Object.entries(spec.environment).filter(([name]) => declared.environment?.[name] !== null);
    const set = changes.filter(([, value]) => value !== null).map(([name, value]): [string, string] => [name, String(value)]);
    return {
        spec: {
            environment: { ...known.environment, ...Object.fromEntries(kept), ...Object.fromEntries(set) },
            ...(declared.entrypoint && { entrypoint: declared.entrypoint, command: declared.command ?? [] }),
            ...(declared.command && { command: declared.command }),
            ...(declared.replicas !== undefined && { replicas: declared.replicas }),
        },
    };
});
