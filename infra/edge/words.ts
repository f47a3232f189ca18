/**
 * What may stand in a proxy's configuration. Hosts, paths and names consist of characters that mean nothing in nginx,
 * Traefik or YAML, so that there is nothing to escape; a header's value is printable and is quoted by the proxy's own
 * renderer.
 */
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const PATH = /^\/[A-Za-z0-9/_.~+,=:@-]*$/;
const NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$/;
const HEADER_VALUE = /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/;
/** nginx reads no configuration word longer than its buffer of 4096 bytes. */
const LONGEST_HEADER_VALUE = 3500;

/** Whether it is a DNS name in lower case (other scripts in punycode), `*.` may lead. An address is none. */
export function isHost(text: string): boolean {
    const labels = text.replace(/^\*\./, "").split(".");
    return text.length <= 253 && labels.every(label => LABEL.test(label)) && !/^[0-9]+$/.test(labels.at(-1) ?? "");
}

/** Whether it is an absolute path without dot segments, empty segments, escapes, or characters that mean anything. */
export function isPath(text: string): boolean {
    return text.length <= 1024 && PATH.test(text) && !/\/(\.{0,2})\//.test(text) && !/\/\.{1,2}$/.test(text);
}

/** Whether it can be the name of a service in a network. */
export function isServiceName(text: string): boolean {
    return NAME.test(text);
}

export function isPort(value: number): boolean {
    return Number.isInteger(value) && value >= 1 && value <= 65535;
}

/** Whether it can be sent as a header's value. `$` cannot: nginx has no way to write it. */
export function isHeaderValue(text: string): boolean {
    return text.length <= LONGEST_HEADER_VALUE && HEADER_VALUE.test(text) && !text.includes("$");
}
