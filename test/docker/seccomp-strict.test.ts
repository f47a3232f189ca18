import * as assert from "node:assert/strict";

import { SECCOMP_STRICT } from "../../infra/docker/seccomp-strict";

interface Profile {
    readonly defaultAction: string;
    readonly syscalls: readonly { readonly names: readonly string[]; readonly action: string; readonly args?: readonly object[]; readonly errnoRet?: number }[];
}

const profile = JSON.parse(SECCOMP_STRICT) as Profile;
const unconditional = profile.syscalls.filter(rule => rule.action === "SCMP_ACT_ALLOW" && rule.args === undefined).flatMap(rule => rule.names);

describe("docker/seccomp-strict", () => {
    it("refuses what it does not name", () => {
        assert.equal(profile.defaultAction, "SCMP_ACT_ERRNO");
        assert.deepEqual([...new Set(profile.syscalls.map(rule => rule.action))], ["SCMP_ACT_ALLOW", "SCMP_ACT_ERRNO"]);
    });

    it("names none of the calls that sandboxes are broken out of with", () => {
        const dangerous = [
            "acct", "add_key", "bpf", "chroot", "clock_settime", "clone", "clone3", "delete_module", "fanotify_init", "finit_module", "fsconfig",
            "fsmount", "fsopen", "init_module", "io_uring_enter", "io_uring_register", "io_uring_setup", "ioperm", "iopl", "kcmp", "kexec_load",
            "keyctl", "mknod", "mknodat", "modify_ldt", "mount", "mount_setattr", "move_mount", "name_to_handle_at", "open_by_handle_at",
            "open_tree", "perf_event_open", "personality", "pidfd_getfd", "pivot_root", "process_madvise", "process_vm_readv", "process_vm_writev",
            "ptrace", "quotactl", "reboot", "request_key", "setns", "settimeofday", "socket", "swapoff", "swapon", "syslog", "umount2", "unshare",
            "userfaultfd", "vhangup",
        ];
        assert.deepEqual(dangerous.filter(name => unconditional.includes(name)), []);
    });

    it("names every call once", () => {
        assert.deepEqual(unconditional.filter((name, at) => unconditional.indexOf(name) !== at), []);
    });

    it("lets clone make no namespace, and says of clone3 that it does not exist", () => {
        assert.deepEqual(profile.syscalls.filter(rule => rule.names.some(name => name.startsWith("clone"))), [
            { names: ["clone"], action: "SCMP_ACT_ALLOW", args: [{ index: 0, value: 0x7e020000, valueTwo: 0, op: "SCMP_CMP_MASKED_EQ" }] },
            { names: ["clone3"], action: "SCMP_ACT_ERRNO", errnoRet: 38 },
        ]);
    });
});
