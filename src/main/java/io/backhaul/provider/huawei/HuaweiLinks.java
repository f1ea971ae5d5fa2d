package io.backhaul.provider.huawei;

import io.backhaul.backup.Expiry;
import io.backhaul.backup.Grant;
import io.backhaul.backup.OfferedFile;
import io.backhaul.backup.SignedUrl;
import io.backhaul.provider.Fields;
import io.backhaul.provider.LinksOutcome;
import io.backhaul.provider.Setback.Busy;
import io.backhaul.provider.Setback.Unavailable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * An answer with links as a grant: all of its links, or none.
 *
 * @param list where the files stand
 * @param name a file's name in there
 * @param link a file's link in there
 * @param expiry of a file, by its fields and its link
 */
record HuaweiLinks(String list, String name, String link, BiFunction<Fields, SignedUrl, Expiry> expiry) {
    LinksOutcome read(Fields answer, String asked, Instant issuedAt) {
        var files = answer.list(list);
        if (files.isEmpty()) {
            return new Unavailable(asked + ": the answer has no list of " + list);
        }
        if (files.get().isEmpty()) {
            return new Busy(asked + ": no links yet");
        }
        return granted(files.get(), asked, issuedAt);
    }

    private LinksOutcome granted(List<Fields> offered, String asked, Instant issuedAt) {
        var files = new ArrayList<OfferedFile>();
        for (var file : offered) {
            try {
                // A missing one is no URL either. The exception's text does not repeat the link.
                var url = SignedUrl.of(file.text(link).orElse(""));
                var called = file.text(name).orElseGet(() -> lastSegment(url));
                files.add(new OfferedFile(called, url, expiry.apply(file, url), null));
            } catch (IllegalArgumentException e) {
                return new Unavailable(
                        asked + ": " + e.getMessage() + ", number " + (files.size() + 1) + " of " + offered.size());
            }
        }
        return new LinksOutcome.Granted(new Grant(files, issuedAt));
    }

    private static String lastSegment(SignedUrl url) {
        var shown = url.withoutQuery();
        return shown.substring(shown.lastIndexOf('/') + 1);
    }
}
