/**
 * The system calls of a sandbox, by what a program needs them for. What is not here is refused: new namespaces, mounts,
 * other processes' memory, keys, BPF, io_uring, user faults, clocks, modules, devices, raw and exotic sockets. Docker's own
 * profile allows about 100 calls more, among them io_uring, ptrace and the process_vm family.
 */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
    files: [
        "access", "chdir", "chmod", "chown", "close", "close_range", "copy_file_range", "creat", "dup", "dup2", "dup3",
        "faccessat", "faccessat2", "fadvise64", "fallocate", "fchdir", "fchmod", "fchmodat", "fchmodat2", "fchown",
        "fchownat", "fcntl", "fdatasync", "fgetxattr", "flistxattr", "flock", "fremovexattr", "fsetxattr", "fstat", "fstatfs",
        "fsync", "ftruncate", "getcwd", "getdents", "getdents64", "getxattr", "lchown", "lgetxattr", "link", "linkat",
        "listxattr", "llistxattr", "lremovexattr", "lseek", "lsetxattr", "lstat", "mkdir", "mkdirat", "newfstatat", "open",
        "openat", "openat2", "pread64", "preadv", "preadv2", "pwrite64", "pwritev", "pwritev2", "read", "readahead",
        "readlink", "readlinkat", "readv", "removexattr", "rename", "renameat", "renameat2", "rmdir", "sendfile", "setxattr",
        "splice", "stat", "statfs", "statx", "symlink", "symlinkat", "sync_file_range", "syncfs", "tee", "truncate", "umask",
        "unlink", "unlinkat", "utime", "utimensat", "utimes", "futimesat", "vmsplice", "write", "writev",
    ],
    waiting: [
        "epoll_create", "epoll_create1", "epoll_ctl", "epoll_pwait", "epoll_pwait2", "epoll_wait", "eventfd", "eventfd2",
        "inotify_add_watch", "inotify_init", "inotify_init1", "inotify_rm_watch", "ioctl", "pause", "poll", "ppoll",
        "pselect6", "select", "signalfd", "signalfd4", "timerfd_create", "timerfd_gettime", "timerfd_settime", "pipe", "pipe2",
    ],
    memory: [
        "brk", "madvise", "membarrier", "memfd_create", "mincore", "mlock", "mlock2", "mlockall", "mmap", "mprotect", "mremap",
        "msync", "munlock", "munlockall", "munmap", "pkey_alloc", "pkey_free", "pkey_mprotect",
    ],
    processes: [
        "arch_prctl", "execve", "execveat", "exit", "exit_group", "fork", "futex", "futex_waitv", "futex_wait", "futex_wake",
        "get_robust_list", "getcpu", "getpgid", "getpgrp", "getpid", "getppid", "getpriority", "getrlimit", "getrusage",
        "getsid", "gettid", "kill", "pidfd_open", "pidfd_send_signal", "prctl", "prlimit64", "restart_syscall", "rseq",
        "sched_get_priority_max", "sched_get_priority_min", "sched_getaffinity", "sched_getattr", "sched_getparam",
        "sched_getscheduler", "sched_rr_get_interval", "sched_setaffinity", "sched_setattr", "sched_setparam",
        "sched_setscheduler", "sched_yield", "seccomp", "set_robust_list", "set_tid_address", "setpgid", "setpriority",
        "setrlimit", "setsid", "tgkill", "times", "tkill", "vfork", "wait4", "waitid",
        "landlock_add_rule", "landlock_create_ruleset", "landlock_restrict_self",
    ],
    signals: [
        "alarm", "getitimer", "rt_sigaction", "rt_sigpending", "rt_sigprocmask", "rt_sigqueueinfo", "rt_sigreturn",
        "rt_sigsuspend", "rt_sigtimedwait", "rt_tgsigqueueinfo", "setitimer", "sigaltstack", "timer_create", "timer_delete",
        "timer_getoverrun", "timer_gettime", "timer_settime",
    ],
    // The engine's own start of the container needs those that set identities and capabilities, before the profile's
    // NoNewPrivs and the empty capability sets make them useless.
    identity: [
        "capget", "capset", "getegid", "geteuid", "getgid", "getgroups", "getresgid", "getresuid", "getuid", "setfsgid",
        "setfsuid", "setgid", "setgroups", "setregid", "setresgid", "setresuid", "setreuid", "setuid",
    ],
    time: ["clock_getres", "clock_gettime", "clock_nanosleep", "getrandom", "gettimeofday", "nanosleep", "sysinfo", "time", "uname"],
    sockets: [
        "accept", "accept4", "bind", "connect", "getpeername", "getsockname", "getsockopt", "listen", "recvfrom", "recvmmsg",
        "recvmsg", "sendmmsg", "sendmsg", "sendto", "setsockopt", "shutdown", "socketpair",
    ],
    sharedMemory: [
        "mq_getsetattr", "mq_notify", "mq_open", "mq_timedreceive", "mq_timedsend", "mq_unlink", "msgctl", "msgget", "msgrcv",
        "msgsnd", "semctl", "semget", "semop", "semtimedop", "shmat", "shmctl", "shmdt", "shmget",
    ],
};

/** CLONE_NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET and NEWNS: `clone(2)` may set none of them. */
const NEW_NAMESPACES = 0x02000000 | 0x04000000 | 0x08000000 | 0x10000000 | 0x20000000 | 0x40000000 | 0x00020000;

/** AF_UNIX, AF_INET, AF_INET6, AF_NETLINK (which resolvers ask for the addresses of the machine). */
const SOCKET_FAMILIES = [1, 2, 10, 16];

const ENOSYS = 38;

/** The strict profile as the engine takes it after `seccomp=`: JSON in one line. */
export const SECCOMP_STRICT: string = JSON.stringify({
    defaultAction: "SCMP_ACT_ERRNO",
    // No 32-bit calls on a 64-bit machine: a program that makes one is ended.
    archMap: [
        { architecture: "SCMP_ARCH_X86_64", subArchitectures: [] },
        { architecture: "SCMP_ARCH_AARCH64", subArchitectures: [] },
    ],
    syscalls: [
        { names: Object.values(ALLOWED).flat(), action: "SCMP_ACT_ALLOW" },
        { names: ["clone"], action: "SCMP_ACT_ALLOW", args: [{ index: 0, value: NEW_NAMESPACES, valueTwo: 0, op: "SCMP_CMP_MASKED_EQ" }] },
        // Its flags are in memory, where no filter can read them. "Not implemented" makes libraries fall back to clone.
        { names: ["clone3"], action: "SCMP_ACT_ERRNO", errnoRet: ENOSYS },
        // The one personality that programs ask for is the usual one; 0xffffffff asks which it is.
        ...[0, 0xffffffff].map(value => ({ names: ["personality"], action: "SCMP_ACT_ALLOW", args: [{ index: 0, value, op: "SCMP_CMP_EQ" }] })),
        ...SOCKET_FAMILIES.map(value => ({ names: ["socket"], action: "SCMP_ACT_ALLOW", args: [{ index: 0, value, op: "SCMP_CMP_EQ" }] })),
    ],
});
