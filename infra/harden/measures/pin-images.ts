import { perService, serviceProblem } from "../draft";

/** A tag can be moved to another image by whoever can push; a digest is the content. */
export const pinImages = perService("pin-images", ({ declared, source, spec }, draft) => {
    const reference = declared.image ?? spec.image.reference;
    const digest = /@(sha256:[0-9a-f]{64})$/.exec(reference)?.[1] ?? draft.declaration.images?.[reference] ?? draft.options.digests[reference];
    const isContent = /^sha256:[0-9a-f]{64}$/.test(reference);
    if (digest !== undefined) {
        const pinned = reference.includes("@") ? reference : `${reference}@${digest}`;
        return { spec: { image: { ...spec.image, reference: pinned, digest } }, closed: reference.includes("@") ? [] : [`moving tag ${reference}`] };
    }
    if (isContent || (spec.image.build !== undefined && source.image === undefined)) {
        return { spec: { image: { ...spec.image, reference } } };
    }
    return {
        spec: { image: { ...spec.image, reference } },
        beforeProduction: [serviceProblem(draft, source.name, ["image"], {
            fault: "is not pinned by digest", got: reference, remedy: "run `portcullis pin`, which writes the digests to images.lock.yaml",
        })],
    };
});
