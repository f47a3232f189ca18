import { perService } from "../draft";

/** The engine's default is fourteen capabilities, of which a network service needs none. */
export const dropCapabilities = perService("drop-capabilities", ({ declared, known, spec }) => {
    const declaredNames = (declared.capabilities ?? []).map(({ name, reason }) => ({ name: name.replace(/^CAP_/, ""), reason }));
    const needed = [...declaredNames, ...known.capabilities.filter(({ name }) => !declaredNames.some(other => other.name === name))];
    const names = needed.map(({ name }) => name);
    return {
        spec: { dropAllCapabilities: true, capabilities: names },
        closed: [
            ...(spec.dropAllCapabilities ? [] : ["the engine's default capabilities"]),
            ...spec.capabilities.filter(name => !names.includes(name)).map(name => `capability ${name}`),
        ],
        opened: needed.map(({ name, reason }) => ({ what: `capability ${name}`, reason })),
    };
});
