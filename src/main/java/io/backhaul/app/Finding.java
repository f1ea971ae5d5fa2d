package io.backhaul.app;

import io.backhaul.provider.Advice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one check found.
 *
 * @param subject what was tried
 * @param what was found, or what is wrong
 * @param remedy null where nothing is wrong
 * @param said what those said who refused, or where it was tried; may be empty
 */
public record Finding(
        Area area,
        String subject,
        Verdict verdict,
        String what,
        @Nullable Remedy remedy,
        String said) {
    /** What a check is about; an exit code for each. */
    public enum Area {
        DATABASE,
        ARCHIVE,
        PROVIDER,
        CLOCK,
        /** Where links lead. */
        STORE,
        /** What the operating system and systemd give to the process. */
        SYSTEM
    }

    /** How a check went. */
    public enum Verdict {
        OK,
        /** It works, and somebody should know. */
        WARNING,
        FAILED
    }

    /**
     * What to do.
     *
     * @param problem a word for programs
     * @param who must act
     * @param how to act
     * @param keys of the configuration that it is about; may be empty
     */
    public record Remedy(String problem, String who, String how, List<String> keys) {
        public Remedy {
            keys = List.copyOf(keys);
        }
    }

    static Finding ok(Area area, String subject, String what) {
        return new Finding(area, subject, Verdict.OK, what, null, "");
    }

    static Finding warning(Area area, String subject, String what, Remedy remedy) {
        return new Finding(area, subject, Verdict.WARNING, what, remedy, "");
    }

    static Finding failed(Area area, String subject, String what, Remedy remedy) {
        return new Finding(area, subject, Verdict.FAILED, what, remedy, "");
    }

    static Finding failed(Area area, String subject, Advice advice, String said) {
        var trouble = advice.trouble();
        var remedy = new Remedy(trouble.word(), trouble.who().word(), advice.how(), advice.keys());
        return new Finding(area, subject, Verdict.FAILED, advice.what(), remedy, said);
    }

    /** For people, in one line. */
    public String detail() {
        var quoted = said.isEmpty() ? "" : " [" + said + "]";
        return remedy == null ? what : what + "; " + remedy.who() + ": " + remedy.how() + quoted;
    }
}
