import { formatPath } from "../model/problem";
import type { Locate, Path, Problem } from "../model/problem";

/** Writes down a fault of the value at a path below `edge`. */
export type Report = (path: Path, fault: string, more?: { readonly got?: unknown; readonly remedy?: string }) => void;

/** A report that adds to `problems`, with the place where the value, or what it stands in, was written. */
export function reportTo(problems: Problem[], locate: Locate): Report {
    return (path, fault, more = {}) => {
        const full = ["edge", ...path];
        problems.push({
            place: nearest(locate, full),
            subject: formatPath(full),
            fault,
            got: more.got === undefined ? undefined : shorten(more.got),
            remedy: more.remedy,
        });
    };
}

function nearest(locate: Locate, path: Path): Problem["place"] {
    for (let length = path.length; length > 0; length--) {
        const place = locate(path.slice(0, length));
        if (place !== undefined) {
            return place;
        }
    }
    return undefined;
}

/** One printable line, at most 60 characters of the value. */
function shorten(value: unknown): string {
    const text = JSON.stringify(value) ?? String(value);
    return text.length <= 60 ? text : `${text.slice(0, 57)}...`;
}
