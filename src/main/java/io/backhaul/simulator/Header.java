package io.backhaul.simulator;

/** One header line, or one decoded query parameter. */
record Header(String name, String value) {
    boolean isCalled(String other) {
        return name.equalsIgnoreCase(other);
    }
}
