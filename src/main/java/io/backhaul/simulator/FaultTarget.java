package io.backhaul.simulator;

/** Where a fault strikes: on requests for files in the object store, or on calls of an API. */
public sealed interface FaultTarget {
    /** Every object whose file has this name in its backup. */
    static FaultTarget file(String name) {
        return new OneFile(name);
    }

    static FaultTarget anyFile() {
        return new AnyFile();
    }

    static FaultTarget operation(Operation operation) {
        return new OneOperation(operation);
    }

    static FaultTarget anyOperation() {
        return new AnyOperation();
    }

    /** Whether a request to this place is meant; {@code place} is one file or one operation. */
    default boolean covers(FaultTarget place) {
        return equals(place)
                || (this instanceof AnyFile && place instanceof OneFile)
                || (this instanceof AnyOperation && place instanceof OneOperation);
    }

    /** Requests for one file. */
    record OneFile(String name) implements FaultTarget {}

    /** Requests for any file. */
    record AnyFile() implements FaultTarget {}

    /** Calls of one operation. */
    record OneOperation(Operation operation) implements FaultTarget {}

    /** Calls of any operation. */
    record AnyOperation() implements FaultTarget {}
}
