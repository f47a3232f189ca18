const UNITS: Readonly<Record<string, number>> = { "": 1, b: 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3, t: 1024 ** 4 };

/** Bytes of a size such as `512m` or `2GiB`, in binary multiples as Docker counts; undefined for undefined. */
export function bytes(size: string | undefined): number | undefined {
    const match = /^(\d+(?:\.\d+)?)\s*([kmgt]?)i?b?$/i.exec(size ?? "");
    return match === null ? undefined : Math.round(Number(match[1]) * (UNITS[(match[2] ?? "").toLowerCase()] ?? 1));
}

/** A name for a volume or network made from a path: `/var/lib/app` → `var-lib-app`. */
export function slug(path: string): string {
    return path.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "") || "root";
}
