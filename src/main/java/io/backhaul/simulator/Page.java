package io.backhaul.simulator;

import java.util.List;

/** The part of a list that a call asks for (contract 1.1 and 1.2): {@code offset} counts records from zero, {@code limit} is ten unless told. */
record Page(int offset, int limit) {
    private static final int MOST = 1000;
    private static final String DEFAULT_LIMIT = "10";

    static Page of(WireRequest request, HuaweiErrors errors) {
        return new Page(
                number(request, "offset", "0", 0, Integer.MAX_VALUE, errors),
                number(request, "limit", DEFAULT_LIMIT, 1, MOST, errors));
    }

    /** Counted from one. */
    int number() {
        return offset / limit + 1;
    }

    boolean isLater() {
        return offset > 0;
    }

    Page before() {
        return new Page(Math.max(0, offset - limit), limit);
    }

    <T> List<T> of(List<T> all) {
        var from = Math.min(offset, all.size());
        return all.subList(from, (int) Math.min(all.size(), (long) from + limit));
    }

    private static int number(
            WireRequest request, String name, String ifMissing, int least, int most, HuaweiErrors errors) {
        var text = request.parameter(name).orElse(ifMissing);
        try {
            var number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // falls through: nonsense is refused like a number out of bounds
        }
        throw new Refused(errors.invalid(name));
    }
}
