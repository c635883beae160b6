"""What a child that is locked in may still ask of the kernel, as rows: name, number on x86_64, number on aarch64.

Everything that is not here is refused. Sources: asm/unistd_64.h and asm-generic/unistd.h; -1 stands for none.
"""

#: Computing, reading and writing what is open already, and ending.
COMPUTING: dict[str, tuple[int, int]] = {
    "read": (0, 63),
    "write": (1, 64),
    "close": (3, 57),
    "fstat": (5, 80),
    "lseek": (8, 62),
    "mmap": (9, 222),
    "mprotect": (10, 226),
    "munmap": (11, 215),
    "brk": (12, 214),
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "sched_yield": (24, 124),
    "mremap": (25, 216),
    "madvise": (28, 233),
    "getpid": (39, 172),
    "exit": (60, 93),
    "sysinfo": (99, 179),
    "sigaltstack": (131, 132),
    "gettid": (186, 178),
    "futex": (202, 98),
    "sched_getaffinity": (204, 123),
    "restart_syscall": (219, 128),
    "clock_gettime": (228, 113),
    "exit_group": (231, 94),
    "getrandom": (318, 278),
}

#: Besides, for a child that works on files in the one folder it is fenced into. The fence knows nothing of changing
#: rights, owners or times, so these are not here.
ON_FILES: dict[str, tuple[int, int]] = {
    "open": (2, -1),
    "stat": (4, -1),
    "lstat": (6, -1),
    "pread64": (17, 67),
    "access": (21, -1),
    "fcntl": (72, 25),
    "ftruncate": (77, 46),
    "getcwd": (79, 17),
    "rename": (82, -1),
    "mkdir": (83, -1),
    "rmdir": (84, -1),
    "unlink": (87, -1),
    "readlink": (89, -1),
    "getuid": (102, 174),
    "getdents64": (217, 61),
    "openat": (257, 56),
    "mkdirat": (258, 34),
    "newfstatat": (262, 79),
    "unlinkat": (263, 35),
    "renameat": (264, 38),
    "readlinkat": (267, 78),
    "faccessat": (269, 48),
    "renameat2": (316, 276),
    "statx": (332, 291),
}
