/** Every response header that the edge answers for, once each: option in hardening.yaml → header and safe value. */
export const HEADERS = {
    strict_transport_security: ["Strict-Transport-Security", "max-age=63072000; includeSubDomains"],
    content_security_policy: ["Content-Security-Policy", "ui"],
    x_content_type_options: ["X-Content-Type-Options", "nosniff"],
    x_frame_options: ["X-Frame-Options", "DENY"],
    referrer_policy: ["Referrer-Policy", "no-referrer"],
    permissions_policy: ["Permissions-Policy", "camera=(), geolocation=(), microphone=()"],
    cross_origin_opener_policy: ["Cross-Origin-Opener-Policy", "same-origin"],
    cross_origin_embedder_policy: ["Cross-Origin-Embedder-Policy", "require-corp"],
    cross_origin_resource_policy: ["Cross-Origin-Resource-Policy", "same-origin"],
    x_permitted_cross_domain_policies: ["X-Permitted-Cross-Domain-Policies", "none"],
    x_dns_prefetch_control: ["X-DNS-Prefetch-Control", "off"],
} as const satisfies Record<string, readonly [header: string, safe: string]>;

export type HeaderOption = keyof typeof HEADERS;
export const HEADER_OPTIONS = Object.keys(HEADERS) as HeaderOption[];

/**
 * Content security policies by name. `ui` and `api` keep the full score of the MDN HTTP Observatory; `legacy-ui` lets
 * inline styles and `data:` images and fonts through, which old interfaces need and which costs ten points.
 */
export const CSP_PRESETS: Readonly<Record<string, string>> = {
    "ui": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; "
        + "connect-src 'self'; manifest-src 'self'; worker-src 'self'; frame-ancestors 'none'; base-uri 'none'; "
        + "form-action 'self'; object-src 'none'; upgrade-insecure-requests",
    "api": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "legacy-ui": "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' blob: data:; "
        + "font-src 'self' data:; connect-src 'self'; manifest-src 'self'; worker-src 'self' blob:; "
        + "frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'; upgrade-insecure-requests",
};

/** Headers of a service that tell what it is made of; never passed on. */
export const REVEALING_HEADERS: readonly string[] = [
    "Server", "X-Powered-By", "X-AspNet-Version", "X-AspNetMvc-Version", "X-Runtime", "X-Generator", "X-Version", "Via",
];
