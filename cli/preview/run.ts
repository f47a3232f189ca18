import * as pulumi from "@pulumi/pulumi";

/** A resource as a program registers it, before any provider saw it. */
export interface RegisteredResource {
    readonly urn: string;
    /** The type token, e.g. `docker:index/container:Container`. */
    readonly type: string;
    readonly name: string;
    /** URN of the resource that it is a part of; undefined for the stack itself. */
    readonly parent?: string;
    /** Whether a provider makes it; false for components. */
    readonly custom: boolean;
    /** As they go over the wire: secrets in the SDK's envelopes, unknown values as its marks. For judging, not for printing. */
    readonly inputs: Readonly<Record<string, unknown>>;
    /** URNs that it waits for. */
    readonly dependencies: readonly string[];
}

export interface Preview {
    /** In the order of registration, the stack itself first. */
    readonly resources: readonly RegisteredResource[];
    /** What the program returns; secrets and unknown values as for printing. */
    readonly outputs: Readonly<Record<string, unknown>>;
}

export interface PreviewOptions {
    readonly project: string;
    readonly stack: string;
    /** Configuration by full key, e.g. `docker:host`. */
    readonly config?: Readonly<Record<string, string>>;
    /** Keys of `config` whose values are secret. */
    readonly secretKeys?: readonly string[];
}

/** The parts of the SDK's wire messages that are read here. */
interface Registration {
    getType(): string;
    getName(): string;
    getParent(): string;
    getCustom(): boolean;
    getObject(): { toJavaScript(): Record<string, unknown> } | undefined;
    getDependenciesList(): string[];
    getAdditionalsecretoutputsList(): string[];
}

/** The wire form of an object, as the SDK's protobuf library has it. */
interface Struct {
    toJavaScript(): Record<string, unknown>;
    readonly constructor: { fromJavaScript(value: object): Struct };
}

interface Registered {
    getObject(): Struct;
    setObject(value: Struct): void;
}

type Callback = (error: unknown, registered: Registered | undefined) => void;

/** What the mock monitor has and its type does not show. */
interface Monitor {
    newUrn(parent: string, type: string, name: string): string;
    registerResource(request: Registration, callback: Callback): Promise<void>;
}

/**
 * Runs a Pulumi program in this process as a preview, with the SDK's own mocks in place of an engine: no CLI, no login, no
 * provider. What only a provider could say is unknown. Programs run one after the other, never two at once. Rejects with
 * whatever the program throws.
 */
export async function runPreview(program: () => unknown, options: PreviewOptions): Promise<Preview> {
    const { project, stack, config = {}, secretKeys = [] } = options;
    const resources: RegisteredResource[] = [];
    await pulumi.runtime.setMocks({
        // A resource's outputs are its inputs; the rest stays unknown, as does the id.
        newResource: ({ inputs }) => ({ id: undefined, state: inputs }),
        call: ({ inputs }) => inputs,
    }, project, stack, true);
    pulumi.runtime.setAllConfig({ ...config }, [...secretKeys]);
    record(pulumi.runtime.getMonitor() as unknown as Monitor, project, stack, resources);
    let outputs: unknown;
    try {
        // What the stack hands back has lost which of it is secret.
        await pulumi.runtime.runInPulumiStack(async () => outputs = await program());
    } finally {
        // Resources register in the background: without this the first few would pass for all of them.
        await pulumi.runtime.disconnect();
    }
    return { resources, outputs: await printable(outputs) };
}

/** Notes every registration, under the URN that the CLI would give it. */
function record(monitor: Monitor, project: string, stack: string, resources: RegisteredResource[]): void {
    const register = monitor.registerResource.bind(monitor);
    // The mocks leave out all ancestors but the nearest, so that two resources could share a URN.
    monitor.newUrn = (parent, type, name) => {
        const ancestors = parent === "" ? "" : parent.split("::")[2] ?? "";
        const prefix = ancestors === "" || ancestors === STACK ? "" : `${ancestors}$`;
        return `urn:pulumi:${stack}::${project}::${prefix}${type}::${name}`;
    };
    monitor.registerResource = (request, callback) => {
        // The code of the toolkit's own providers is of no interest to anybody who reads or judges resources.
        const inputs = Object.fromEntries(Object.entries(request.getObject()?.toJavaScript() ?? {}).filter(([key]) => key !== "__provider"));
        const parent = request.getParent();
        resources.push({
            urn: monitor.newUrn(parent, request.getType(), request.getName()),
            type: request.getType(),
            name: request.getName(),
            ...parent === "" ? {} : { parent },
            custom: request.getCustom(),
            inputs,
            dependencies: request.getDependenciesList(),
        });
        return register(request, (error, registered) => {
            if (registered !== undefined) {
                hideOutputs(registered, request.getAdditionalsecretoutputsList());
            }
            callback(error, registered);
        });
    };
}

// How the SDK writes, over the wire, a secret whose value is not known.
const UNKNOWN_SECRET = {
    "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
    value: "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
};

/** An engine would make secrets of the outputs that a resource names, e.g. of a generated password. */
function hideOutputs(registered: Registered, names: readonly string[]): void {
    if (names.length > 0) {
        const object = registered.getObject();
        const hidden = Object.fromEntries(names.map(name => [name, UNKNOWN_SECRET]));
        registered.setObject(object.constructor.fromJavaScript({ ...object.toJavaScript(), ...hidden }));
    }
}

const STACK = "pulumi:pulumi:Stack";

/** Outputs of a stack with what is secret or unknown said in words. */
async function printable(value: unknown): Promise<Record<string, unknown>> {
    const shown = await shownOutput(value);
    return typeof shown === "object" && shown !== null && !Array.isArray(shown) ? shown as Record<string, unknown> : {};
}

async function shownOutput(value: unknown): Promise<unknown> {
    if (pulumi.Output.isInstance(value)) {
        if (await pulumi.isSecret(value)) {
            return "[secret]";
        }
        // `isKnown` is of the SDK's internals; a value that is unknown would otherwise be read as undefined.
        const known = await (value as unknown as { isKnown: Promise<boolean> }).isKnown;
        return known ? shownOutput(await (value as unknown as { promise(): Promise<unknown> }).promise()) : "[unknown]";
    }
    if (Array.isArray(value)) {
        return Promise.all(value.map(shownOutput));
    }
    if (typeof value === "object" && value !== null) {
        const entries = Object.entries(value).map(async ([key, each]) => [key, await shownOutput(each)] as const);
        return Object.fromEntries(await Promise.all(entries));
    }
    return value;
}
