package io.backhaul.provider;

import io.backhaul.provider.Asked.Failed;
import io.backhaul.provider.Asked.Got;
import io.backhaul.provider.Setback.Busy;
import io.backhaul.provider.Setback.Unavailable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a list that comes in pages by offset, and says whether it saw all of it (DESIGN 5, rule 9). A list that moves
 * while it is read can hide a row between two pages: totals that change or do not match, and rows that come twice,
 * give that away, and the whole list is read again, twice at most. Totals that count their own page, as one document
 * has it (huawei.md 1.2), are understood; with those, only rows that come twice give a move away.
 *
 * @param <T> a row
 */
public final class OffsetPages<T> {
    private static final int MOST_READS = 3;

    /** Ends the reading of a list that never ends; a hundred thousand rows at a hundred a page. */
    private static final int MOST_PAGES = 1000;

    /** Asks for one page. */
    @FunctionalInterface
    public interface Reader<T> {
        /** The rows from an offset on, counted from zero; no more than the limit. */
        Asked<Page<T>> read(int offset, int limit);
    }

    /**
     * One page.
     *
     * @param total what the provider says, {@link #UNTOLD} when it says nothing
     */
    public record Page<T>(List<T> rows, long total) {
        public static final long UNTOLD = -1;

        public Page {
            rows = List.copyOf(rows);
        }

        /** A page whose total the provider may have left out. */
        public static <T> Page<T> of(List<T> rows, OptionalLong total) {
            return new Page<>(rows, total.orElse(UNTOLD));
        }
    }

    /** The list, each row once, and whether that is all of it. */
    public record Rows<T>(List<T> rows, Coverage coverage) {
        public Rows {
            rows = List.copyOf(rows);
        }
    }

    private final int limit;
    private final Function<T, Optional<String>> key;
    private final Reader<T> reader;
    private final Map<String, T> found = new LinkedHashMap<>();

    private OffsetPages(int limit, Function<T, Optional<String>> key, Reader<T> reader) {
        this.limit = limit;
        this.key = key;
        this.reader = reader;
    }

    /**
     * Reads every page.
     *
     * @param key what makes a row the same row; a row without one is handed on as it is
     * @return a failure only when not even one page could be read
     */
    public static <T> Asked<Rows<T>> readAll(int limit, Function<T, Optional<String>> key, Reader<T> reader) {
        return new OffsetPages<>(limit, key, reader).readAll();
    }

    private Asked<Rows<T>> readAll() {
        for (var reads = 0; reads < MOST_READS; reads++) {
            var read = new Read();
            var failure = read.everyPage();
            found.putAll(read.rows);
            if (failure != null) {
                var nothingReadYet = reads == 0 && read.counts.isEmpty();
                return nothingReadYet ? failure.retyped() : partial(failure.why());
            }
            if (read.heldStill()) {
                return new Got<>(new Rows<>(List.copyOf(read.rows.values()), new Coverage.Complete()));
            }
        }
        return partial(new Busy("the list moved each of the " + MOST_READS + " times that it was read"));
    }

    private Asked<Rows<T>> partial(Setback why) {
        return new Got<>(new Rows<>(List.copyOf(found.values()), new Coverage.Partial(why)));
    }

    /** One reading from the first page to the last. */
    private final class Read {
        private final Map<String, T> rows = new LinkedHashMap<>();
        private final List<Integer> counts = new ArrayList<>();
        private final List<Long> totals = new ArrayList<>();
        private int offset;
        private boolean twice;

        private @Nullable Failed<Page<T>> everyPage() {
            while (counts.size() < MOST_PAGES) {
                switch (reader.read(offset, limit)) {
                    case Failed<Page<T>> failed -> {
                        return failed;
                    }
                    case Got<Page<T>> got -> {
                        take(got.value());
                        if (isLast(got.value())) {
                            return null;
                        }
                    }
                }
            }
            return new Failed<>(new Unavailable("the list has no end: gave up after " + MOST_PAGES + " pages"), null);
        }

        private void take(Page<T> page) {
            for (var row : page.rows()) {
                var id = key.apply(row).orElse("\0row " + rows.size());
                twice |= rows.put(id, row) != null;
            }
            offset += page.rows().size();
            counts.add(page.rows().size());
            totals.add(page.total());
        }

        private boolean isLast(Page<T> page) {
            // Not by the total alone: it may be the page's own count, and then says nothing of what follows.
            return page.rows().isEmpty() || (page.rows().size() < limit && offset >= page.total());
        }

        private boolean heldStill() {
            return !twice && (totalsAreOfTheList() || totalsAreOfTheirPage());
        }

        private boolean totalsAreOfTheList() {
            return totals.stream().allMatch(total -> total == Page.UNTOLD || total == offset);
        }

        private boolean totalsAreOfTheirPage() {
            for (var page = 0; page < counts.size(); page++) {
                if (totals.get(page) != Page.UNTOLD && totals.get(page) != (long) counts.get(page)) {
                    return false;
                }
            }
            return true;
        }
    }
}
