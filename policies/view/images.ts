import type { ContainerView, ImageView } from "./types";

/** The image that a container runs. */
export function imageOf(container: ContainerView): ImageView {
    return {
        origin: container.origin,
        subject: container.subject,
        container,
        label: container.label,
        path: container.path,
        place: () => container.place("image"),
        get reference() { return container.image; },
    };
}
