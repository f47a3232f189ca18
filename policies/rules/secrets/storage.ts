import { objectRule } from "../../rule";

/** The parameter with which each provisioner is asked to encrypt, as its own documentation names it; those that always do are left out. */
const PARAMETERS: Readonly<Record<string, string>> = {
    "ebs.csi.aws.com": "encrypted", "ebs.csi.eks.amazonaws.com": "encrypted", "kubernetes.io/aws-ebs": "encrypted",
    "driver.longhorn.io": "encrypted", "rbd.csi.ceph.com": "encrypted", "rook-ceph.rbd.csi.ceph.com": "encrypted", "openshift-storage.rbd.csi.ceph.com": "encrypted",
    "pxd.portworx.com": "secure", "kubernetes.io/portworx-volume": "secure", "linodebs.csi.linode.com": "linodebs.csi.linode.com/luks-encrypted",
    "csi.scaleway.com": "encrypted", "diskplugin.csi.alibabacloud.com": "encrypted",
};
/** A second parameter that does as much. */
const OTHERS: Readonly<Record<string, string>> = { "linodebs.csi.linode.com": "linodebs.csi.linode.com/encrypted" };

/** Disks are copied, returned and thrown away; snapshots are shared by mistake. */
export const unencryptedStorage = objectRule({
    id: "unencrypted-storage",
    severity: "medium",
    title: "A storage class whose provisioner can encrypt asks for it",
    fix: "set the provisioner's parameter for encryption; volumes that are there already have to be copied",
    benchmarks: ["Kubernetes: Good practices for Kubernetes Secrets", "NIST SP 800-190 4.3.4"],
    controls: ["SC-49", "RAGFLOW-SECRETS-04"],
    property: "parameters",
    types: ["storage.k8s.io/StorageClass"],

    check({ value }) {
        const provisioner = value.get("provisioner").text ?? "";
        const parameter = Object.hasOwn(PARAMETERS, provisioner) ? PARAMETERS[provisioner] : undefined;
        if (parameter === undefined) {
            return undefined;
        }
        const asked = [parameter, OTHERS[provisioner] ?? parameter].some(name => value.get("parameters", name).flag === true);
        return asked ? undefined : `does not ask ${provisioner} to encrypt (${parameter}: ${value.get("parameters", parameter).text ?? "not set"})`;
    },
});
