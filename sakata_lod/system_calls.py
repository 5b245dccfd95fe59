"""The system calls that a worker has no use for, refused by the kernel (seccomp).

The limits of a worker leave it no descriptor for a file or a connection. This stands behind them: were there
one, the worker could still reach nobody, start nothing, and change no file. Where the system has no
libseccomp, or lets nobody use it (some containers), the limits stand alone.
"""

import contextlib
import errno
import os
from functools import cache
from typing import Any

_REFUSED = (
    # to reach others
    "socket", "socketpair", "connect", "bind", "listen", "accept", "accept4",
    # to open and change files
    "open", "openat", "openat2", "open_by_handle_at", "creat", "truncate", "link", "linkat", "symlink",
    "symlinkat", "unlink", "unlinkat", "rename", "renameat", "renameat2", "mkdir", "mkdirat", "rmdir",
    "mknod", "mknodat", "chmod", "fchmodat", "chown", "fchownat", "mount", "umount2", "chroot", "pivot_root",
    # to start and meddle with processes
    "execve", "execveat", "fork", "vfork", "kill", "tkill", "ptrace", "process_vm_readv", "process_vm_writev",
    "pidfd_open", "setns", "unshare", "setrlimit",
    # to get around all this
    "io_uring_setup", "bpf", "userfaultfd", "perf_event_open", "keyctl", "add_key", "request_key",
    "init_module", "finit_module", "delete_module", "kexec_load", "reboot", "swapon", "swapoff",
)  # fmt: skip


_OPENING = {"open": 1, "openat": 2}
"""The calls by which files are opened to be read, and which of their arguments says how."""


@cache
def library() -> Any:
    """Load libseccomp; None where there is none. It reads files: to be called before limits forbid that."""
    try:
        import pyseccomp
    except (ImportError, RuntimeError, OSError):
        return None
    return pyseccomp


def refuse_calls(*, but_reading: bool = False) -> bool:
    """Have the kernel refuse this process those calls, for good. Answers whether it does.

    but_reading: files may be opened, to read them alone.
    """
    seccomp = library()
    if seccomp is None:
        return False
    refuse = seccomp.ERRNO(errno.EPERM)
    try:
        calls = seccomp.SyscallFilter(defaction=seccomp.ALLOW)
        for name in _REFUSED:
            if but_reading and name in _OPENING:
                continue
            with contextlib.suppress(OSError):  # a call that this machine does not have
                calls.add_rule(refuse, name)
        for name, place in _OPENING.items() if but_reading else ():
            for mode in (os.O_WRONLY, os.O_RDWR):
                calls.add_rule(refuse, name, seccomp.Arg(place, seccomp.MASKED_EQ, os.O_ACCMODE, mode))
        # Reading limits is harmless, and the C library does; setting them takes a third argument.
        calls.add_rule(refuse, "prlimit64", seccomp.Arg(2, seccomp.NE, 0))
        calls.load()
    except OSError:
        return False
    return True
