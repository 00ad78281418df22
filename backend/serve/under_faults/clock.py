"""A clock for Recto's processes that can be moved while they run: what NTP does to a machine that was wrong.

A few lines of C stand before the C library's clock (LD_PRELOAD) and add what a file says. Python, SQLite and
Celery read the time there; the kernel's own, such as the times of files, stays.
"""

from __future__ import annotations

import shutil
import struct
import subprocess
import sys
from pathlib import Path

SOURCE = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
static volatile int64_t *shift;
static int64_t none;
__attribute__((constructor)) static void open_shift(void) {
    const char *path = getenv("RECTO_CLOCK_SHIFT");
    int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    void *mapped = file < 0 ? MAP_FAILED : mmap(0, sizeof(int64_t), PROT_READ, MAP_SHARED, file, 0);
    shift = mapped == MAP_FAILED ? &none : mapped;
}
int clock_gettime(clockid_t clock, struct timespec *now) {
    static int (*real)(clockid_t, struct timespec *);
    if (!real) real = dlsym(RTLD_NEXT, "clock_gettime");
    int status = real(clock, now);
    if (!status && shift && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
        now->tv_sec += *shift;
    return status;
}
int gettimeofday(struct timeval *restrict now, void *restrict zone) {
    struct timespec exact;
    int status = clock_gettime(CLOCK_REALTIME, &exact);
    now->tv_sec = exact.tv_sec;
    now->tv_usec = exact.tv_nsec / 1000;
    return status;
}
time_t time(time_t *where) {
    struct timespec exact;
    clock_gettime(CLOCK_REALTIME, &exact);
    if (where) *where = exact.tv_sec;
    return exact.tv_sec;
}
"""


class Clock:
    """`environment` is empty where no clock can be made; `reason` says why."""

    def __init__(self, folder: Path) -> None:
        self._file, self.environment, self.seconds = folder / "clock-shift", dict[str, str](), 0
        self.reason = self._make(folder)

    def _make(self, folder: Path) -> str:
        compiler = shutil.which("cc")
        if not sys.platform.startswith("linux") or not compiler:
            return "a clock that can be moved needs Linux and a C compiler (Debian, Ubuntu: apt install gcc)"
        source, library = folder / "clock.c", folder / "clock.so"
        source.write_text(SOURCE)
        self.move(0)
        command = [compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(source), "-ldl"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            return f"the clock could not be compiled: {done.stderr[:300]}"
        self.environment = {"LD_PRELOAD": str(library), "RECTO_CLOCK_SHIFT": str(self._file)}
        return ""

    def move(self, seconds: int) -> None:
        """To so many seconds from the true time. (In place: the processes have the file mapped.)"""
        self.seconds = seconds
        with self._file.open("r+b" if self._file.exists() else "w+b") as file:
            file.write(struct.pack("=q", seconds))
