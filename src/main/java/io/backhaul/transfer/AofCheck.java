package io.backhaul.transfer;

import java.util.List;
import java.util.Locale;

/**
 * Redis' append-only file: commands as arrays of bulk strings, one after the other, with lines that begin with {@code #}
 * between them; it ends behind a command, and not within a transaction. There is no sum in it, so that passing says that
 * nothing is missing within, not that nothing changed. One with a dump in front is not judged: only a reader of all its
 * records could tell where the dump ends.
 */
final class AofCheck extends FrameCheck {
    static final List<String> ENDINGS = List.of(".aof");

    /** As long as a number of 64 bits. */
    private static final int MOST_DIGITS = 18;
    /** The words that are looked for have fewer letters. */
    private static final int LONGEST_WORD = 5;

    private final StringBuilder word = new StringBuilder();
    private long commands;
    private long length;
    private long argumentsLeft;
    private boolean isAlone;
    private boolean isInTransaction;
    private boolean isBetweenCommands;

    AofCheck(String name) {
        super("aof", "an append-only file", name, ENDINGS);
    }

    @Override
    void begin() {
        block(1, first -> {
            var mark = first.get(0);
            if (mark != '*' && mark != '#') {
                strangeOrDump(mark);
                return;
            }
            if (isNamed()) {
                recognised();
            }
            commandOrNote(mark);
        });
    }

    @Override
    void atEnd() {
        if (!isBetweenCommands) {
            cut("in the middle of command " + (commands + 1));
        } else if (isInTransaction) {
            cut("within a transaction");
        } else {
            passed(commands + " commands; append-only files have no checksum");
        }
    }

    /** A server's newest file may hold nothing yet. */
    @Override
    void empty() {
        unverified("it is empty");
    }

    private void strangeOrDump(byte mark) {
        if (isNamed() && (mark == 'R' || mark == 'V')) {
            unverified("a dump may stand before its commands; where that ends cannot be told");
        } else {
            strange();
        }
    }

    private void between() {
        isBetweenCommands = true;
        block(1, first -> commandOrNote(first.get(0)));
    }

    private void commandOrNote(byte mark) {
        isBetweenCommands = false;
        switch (mark) {
            case '*' -> command();
            case '#' -> passUntil((byte) '\n', (bytes, from, count) -> {}, this::between);
            default -> failed("no command begins at byte " + (position() - 1));
        }
    }

    private void command() {
        number(() -> {
            if (length == 0) {
                broken();
                return;
            }
            argumentsLeft = length;
            isAlone = length == 1;
            argument();
        });
    }

    private void argument() {
        block(1, mark -> {
            if (mark.get(0) != '$') {
                broken();
                return;
            }
            number(() -> {
                // By now it is no chance.
                recognised();
                word.setLength(0);
                pass(length, this::letters, this::argumentEnd);
            });
        });
    }

    private void letters(byte[] bytes, int from, int count) {
        for (var at = from; isAlone && at < from + count && word.length() <= LONGEST_WORD; at++) {
            word.append((char) (bytes[at] & 0xff));
        }
    }

    private void argumentEnd() {
        block(2, lineEnd -> {
            if (lineEnd.get(0) != '\r' || lineEnd.get(1) != '\n') {
                broken();
            } else if (--argumentsLeft > 0) {
                argument();
            } else {
                commandEnd();
            }
        });
    }

    private void commandEnd() {
        commands++;
        if (isAlone) {
            switch (word.toString().toUpperCase(Locale.ROOT)) {
                case "MULTI" -> isInTransaction = true;
                case "EXEC" -> isInTransaction = false;
                default -> {}
            }
        }
        between();
    }

    /** Reads digits and the end of their line. */
    private void number(Runnable then) {
        length = 0;
        take(new Reader() {
            private int digits;
            private boolean isOver;

            @Override
            public int read(byte[] bytes, int from, int count) {
                for (var at = from; at < from + count; at++) {
                    var each = bytes[at];
                    advance(1);
                    if (isOver && each == '\n') {
                        then.run();
                        return at - from + 1;
                    }
                    if (!isOver && each >= '0' && each <= '9' && digits < MOST_DIGITS) {
                        digits++;
                        length = length * 10 + (each - '0');
                    } else if (!isOver && each == '\r' && digits > 0) {
                        isOver = true;
                    } else {
                        broken();
                        return at - from + 1;
                    }
                }
                return count;
            }
        });
    }

    private void broken() {
        failed("command " + (commands + 1) + " is broken at byte " + (position() - 1));
    }
}
