package io.backhaul.transfer;

/** A check that has something to say about files of one format only. */
interface ContentCheck extends Check {
    /** Tells whether there is anything to say: the name or the bytes speak of the format. */
    boolean applies();
}
