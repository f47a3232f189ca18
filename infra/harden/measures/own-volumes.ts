import type { HardenedVolume, Identity } from "../../model/hardened";
import type { Draft, DraftService, Measure } from "../draft";

/**
 * A new volume belongs to root unless the image already has that directory, with its own owner. A service that is not
 * root needs its volumes to be its own; read-only users of a volume do not count.
 */
export const ownVolumes: Measure = {
    name: "own-volumes",
    apply: draft => ({ ...draft, volumes: draft.volumes.map(volume => withOwner(volume, draft)) }),
};

function withOwner(volume: HardenedVolume, draft: Draft): HardenedVolume {
    const writers = draft.services.filter(service => service.spec.mounts.some(mount => mount.source === volume.key && mount.type === "volume" && !mount.readOnly));
    const owner = writers.map(writer => ownerFor(writer, volume)).find(identity => identity !== undefined);
    return owner === undefined || volume.external ? volume : { ...volume, owner };
}

function ownerFor(service: DraftService, volume: HardenedVolume): Identity | undefined {
    const target = service.spec.mounts.find(mount => mount.source === volume.key)?.target;
    const owned = service.known.writable.some(need => need.path === target && need.owned);
    return owned || service.spec.user === undefined || service.spec.user.uid === 0 ? undefined : service.spec.user;
}
