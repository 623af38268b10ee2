"""The SQLite library that Python's own `sqlite3` module runs on, reached beside that module.

Two copies of SQLite in one process must not share a file (facts sheet storage B2), so it has to be
that very one: symbols are looked up through the module's shared object. Structures as in sqlite3.h
(`sqlite3_vfs` version 3, `sqlite3_io_methods` version 3); what is only handed through is untyped.
"""

import _sqlite3
import ctypes
from ctypes import CFUNCTYPE, POINTER, c_char_p, c_int, c_int64, c_void_p
from functools import cache

OK = 0
IOERR = 10
OPEN_CREATE = 0x4
OPEN_MAIN_JOURNAL = 0x800
OPEN_SUPER_JOURNAL = 0x4000
OPEN_WAL = 0x80000

X_OPEN = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, POINTER(c_int))
X_DELETE = CFUNCTYPE(c_int, c_void_p, c_char_p, c_int)
X_CLOSE = CFUNCTYPE(c_int, c_void_p)
X_WRITE = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
X_TRUNCATE = CFUNCTYPE(c_int, c_void_p, c_int64)
X_SYNC = CFUNCTYPE(c_int, c_void_p, c_int)


class Vfs(ctypes.Structure):
    """`sqlite3_vfs`: how SQLite opens and deletes files."""

    _fields_ = (
        ("iVersion", c_int),
        ("szOsFile", c_int),
        ("mxPathname", c_int),
        ("pNext", c_void_p),
        ("zName", c_char_p),
        ("pAppData", c_void_p),
        ("xOpen", X_OPEN),
        ("xDelete", X_DELETE),
        *((name, c_void_p) for name in ("xAccess", "xFullPathname")),
        *((name, c_void_p) for name in ("xDlOpen", "xDlError", "xDlSym", "xDlClose")),
        *((name, c_void_p) for name in ("xRandomness", "xSleep", "xCurrentTime", "xGetLastError")),
        *((name, c_void_p) for name in ("xCurrentTimeInt64", "xSetSystemCall")),
        *((name, c_void_p) for name in ("xGetSystemCall", "xNextSystemCall")),
    )


class Methods(ctypes.Structure):
    """`sqlite3_io_methods`: what SQLite does with an open file."""

    _fields_ = (
        ("iVersion", c_int),
        ("xClose", X_CLOSE),
        ("xRead", c_void_p),
        ("xWrite", X_WRITE),
        ("xTruncate", X_TRUNCATE),
        ("xSync", X_SYNC),
        *((name, c_void_p) for name in ("xFileSize", "xLock", "xUnlock", "xCheckReservedLock")),
        *((name, c_void_p) for name in ("xFileControl", "xSectorSize", "xDeviceCharacteristics")),
        *((name, c_void_p) for name in ("xShmMap", "xShmLock", "xShmBarrier", "xShmUnmap")),
        *((name, c_void_p) for name in ("xFetch", "xUnfetch")),
    )


class File(ctypes.Structure):
    """The beginning of every open file: a pointer to its methods, null when it was not opened."""

    _fields_ = (("pMethods", c_void_p),)


class NoSqliteLibraryError(Exception):
    """Python's `sqlite3` module has SQLite built in, out of reach."""

    def __init__(self) -> None:
        super().__init__(
            "the lossy disk needs a Python whose sqlite3 module uses the system's SQLite library "
            "(Debian's and Ubuntu's do); this one has SQLite built in"
        )


@cache
def library() -> ctypes.CDLL:
    """SQLite, with the calls that are needed here typed. Raises NoSqliteLibraryError."""
    try:
        found = ctypes.CDLL(_sqlite3.__file__)
        find, register = found.sqlite3_vfs_find, found.sqlite3_vfs_register
        unregister = found.sqlite3_vfs_unregister
    except (AttributeError, OSError) as error:
        raise NoSqliteLibraryError from error
    find.argtypes, find.restype = [c_char_p], c_void_p
    register.argtypes, register.restype = [c_void_p, c_int], c_int
    unregister.argtypes, unregister.restype = [c_void_p], c_int
    return found
