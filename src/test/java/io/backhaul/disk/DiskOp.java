package io.backhaul.disk;

/** What a program may ask of a disk, as far as it can be refused. */
public enum DiskOp {
    OPEN,
    READ,
    WRITE,
    TRUNCATE,
    FORCE,
    CLOSE,
    CREATE_FOLDER,
    MOVE,
    DELETE,
    LOOK,
    CHANGE_MODE,
    LIST,
    MEASURE
}
