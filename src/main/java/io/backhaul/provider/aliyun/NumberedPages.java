package io.backhaul.provider.aliyun;

import io.backhaul.provider.Asked;
import io.backhaul.provider.Fields;
import io.backhaul.provider.OffsetPages.Page;
import io.backhaul.provider.OffsetPages.Reader;

/**
 * Pages by their number, from one on. They are counted and not computed from the offset: a page may hold less than was
 * asked for. For one reading of a list at a time.
 */
final class NumberedPages implements Reader<Fields> {
    /** Asks for one page. */
    @FunctionalInterface
    interface Question {
        Asked<Page<Fields>> ask(int number, int size);
    }

    private final Question question;
    private int number;

    NumberedPages(Question question) {
        this.question = question;
    }

    @Override
    public Asked<Page<Fields>> read(int offset, int limit) {
        // From the start means from the start again.
        number = offset == 0 ? 1 : number + 1;
        return question.ask(number, limit);
    }
}
