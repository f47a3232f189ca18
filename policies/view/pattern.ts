/** Whether a name is what a pattern with stars means. */
export function matchesPattern(pattern: string, name: string): boolean {
    const source = pattern.split("*").map(part => part.replaceAll(/[.\\+?^${}()|[\]]/g, String.raw`\$&`)).join(".*");
    return new RegExp(`^${source}$`, "s").test(name);
}
