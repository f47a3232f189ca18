import { FIELDS } from "./kubernetes-fields";
import { Unknown } from "../../view/unfinished";
import type { Value } from "../../view/value";
import type { Fault, Path } from "../../view/unfinished";

interface Field {
    readonly type: string;
    readonly required: boolean;
}

const PARSED = new Map<string, ReadonlyMap<string, Field>>();

function fieldsOf(type: string): ReadonlyMap<string, Field> | undefined {
    const text = Object.hasOwn(FIELDS, type) ? FIELDS[type] : undefined;
    let fields = PARSED.get(type);
    if (fields === undefined && text !== undefined) {
        fields = new Map(text.split(" ").map(word => {
            const [name = "", wanted = ""] = word.split(":");
            return [name.replace("!", ""), { type: wanted, required: name.endsWith("!") }];
        }));
        PARSED.set(type, fields);
    }
    return fields;
}

/** Enough to see what is wrong: an object that is all wrong needs no list of it. */
const MOST = 20;

/** How an object differs from the shape of its type, and the first value that is not known. */
export class Shape {
    readonly faults: Fault[] = [];
    private unknown: Path | undefined;

    /** @param partial whether it is a patch, of which nothing must be there */
    constructor(private readonly root: Value, private readonly partial: boolean) {}

    /** Throws `Unknown`, with the faults that were found, where a value is not known. */
    compare(type: string): readonly Fault[] {
        this.value(this.root, type);
        if (this.unknown !== undefined) {
            throw new Unknown(this.unknown, this.faults);
        }
        return this.faults;
    }

    private fault(at: Path, message: string): void {
        if (this.faults.length < MOST) {
            const way = at.slice(this.root.path.length).map((step, index) => typeof step === "number" ? `[${step}]` : index === 0 ? step : `.${step}`).join("");
            this.faults.push({ message: `does not have its kind's shape: ${way === "" ? "it" : way} ${message}`, at });
        }
    }

    private value(value: Value, type: string): void {
        if (!value.known) {
            this.unknown ??= value.path;
            return;
        }
        if (type === "*" || !value.present) {
            return;
        }
        if (type.startsWith("[")) {
            this.list(value, type.slice(1));
        } else if (type === "m" || type === "l") {
            this.mapping(value, type === "m" ? "s" : "q");
        } else if (type.length === 1) {
            this.scalar(value, type);
        } else {
            this.object(value, type);
        }
    }

    private list(value: Value, type: string): void {
        if (!value.isList) {
            this.fault(value.path, "is no list");
            return;
        }
        value.items.forEach(item => {
            this.value(item, type);
        });
    }

    private mapping(value: Value, type: string): void {
        if (!value.isMapping) {
            this.fault(value.path, "is no mapping");
            return;
        }
        value.entries.forEach(([, item]) => {
            this.value(item, type);
        });
    }

    private scalar(value: Value, type: string): void {
        const { plain } = value;
        const is = typeof plain;
        const fits = type === "q" ? is === "string" || is === "number" || is === "bigint"
            : type === "n" ? is === "number" || is === "bigint" : is === (type === "b" ? "boolean" : "string");
        if (!fits) {
            this.fault(value.path, `is no ${NAMES[type] ?? "text"}`);
        }
    }

    private object(value: Value, type: string): void {
        const fields = fieldsOf(type);
        if (fields === undefined) {
            return;
        }
        if (!value.isMapping) {
            this.fault(value.path, "is no mapping");
            return;
        }
        const given = value.entries;
        for (const [name, child] of given) {
            const field = fields.get(name);
            if (field !== undefined) {
                this.value(child, field.type);
            } else if (!name.startsWith("__")) {
                this.fault(child.path, "is no field that it has");
            }
        }
        if (!this.partial) {
            this.missing(value, fields);
        }
    }

    private missing(value: Value, fields: ReadonlyMap<string, Field>): void {
        for (const [name, { required }] of fields) {
            const child = required ? value.get(name) : undefined;
            if (child?.known === true && !child.present) {
                this.fault(child.path, "is not set");
            }
        }
    }
}

const NAMES: Readonly<Record<string, string>> = { s: "text", n: "number", b: "true or false", q: "number or text" };
