package io.backhaul.transfer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.backup.CheckResult;
import io.backhaul.backup.CheckResult.Verdict;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AofCheckTest {
    private static final List<String> PARTS = List.of(
            lines("#TS:1763716800"),
            lines("*2", "$6", "SELECT", "$1", "0"),
            lines("*3", "$3", "SET", "$3", "key", "$7", "a", "*1", ""),
            lines("*1", "$5", "MULTI", "*2", "$3", "DEL", "$3", "key", "*1", "$4", "exec"),
            lines("#TS:1763716801"),
            lines("*3", "$3", "SET", "$0", "", "$2", "\u00ff\u0000"));

    static final String FILE = String.join("", PARTS);

    private static String lines(String... lines) {
        return String.join("\r\n", lines) + "\r\n";
    }

    private static CheckResult verdict(String name, String text) {
        return Feeding.verdict(new AofCheck(name), text.getBytes(ISO_8859_1));
    }

    @Test
    void aFileOfWholeCommandsPasses() {
        assertThat(verdict("appendonly.aof.1.incr.aof", FILE))
                .isEqualTo(CheckResult.passed("aof", "6 commands; append-only files have no checksum"));
        assertThat(verdict("dump", FILE).verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void aCutFileFailsByItsNameAndIsUnverifiedByItsBytes() {
        // A cut behind a command leaves a whole file: nothing in it says how many commands there should be.
        var boundaries = new HashSet<Integer>();
        for (var parts = 1; parts <= PARTS.size(); parts++) {
            boundaries.add(String.join("", PARTS.subList(0, parts)).length());
        }
        for (var length = 1; length < FILE.length(); length++) {
            var verdict = verdict("a.aof", FILE.substring(0, length)).verdict();
            assertThat(verdict)
                    .as("%s bytes", length)
                    .isEqualTo(boundaries.contains(length) ? Verdict.PASSED : Verdict.FAILED);
        }
        assertThat(verdict("a", FILE.substring(0, 60)).verdict()).isEqualTo(Verdict.UNVERIFIED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*x\r\n",
                "*\r\n",
                "*0\r\n",
                "*1\n",
                "*1\r\r",
                "*-1\r\n",
                "*1\r\n3\r\n",
                "*1\r\n$-1\r\n",
                "*1\r\n$1\r\nab\r",
                "*1\r\n$1\r\na\n\n",
                "*1\r\n$1\r\na\r\nGET",
                "*1\r\n$1234567890123456789\r\n"
            })
    void whatIsNoCommandFails(String text) {
        assertThat(verdict("a.aof", text).verdict()).isEqualTo(Verdict.FAILED);
        assertThat(verdict("a.aof", text).detail()).contains(" at byte ");
    }

    @Test
    void aDumpInFrontIsUnverified() {
        assertThat(verdict("a.aof", "REDIS0011 and so on").detail())
                .isEqualTo("a dump may stand before its commands; where that ends cannot be told");
    }

    @Test
    void nothingAndOtherThingsAreUnverified() {
        assertThat(verdict("a.aof", "")).isEqualTo(CheckResult.unverified("aof", "it is empty"));
        assertThat(verdict("a.aof", "\u001f\u008b").detail()).isEqualTo("it does not begin as an append-only file");
    }

    @Test
    void aTextWithAStarIsNotTakenForOne() {
        var check = new AofCheck("notes");
        check.update("*1 and only\r\n".getBytes(ISO_8859_1), 13);

        assertThat(check.applies()).isFalse();
    }
}
