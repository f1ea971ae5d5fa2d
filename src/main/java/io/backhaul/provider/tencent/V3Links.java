package io.backhaul.provider.tencent;

import io.backhaul.backup.ByteCount;
import io.backhaul.provider.Fields;
import io.backhaul.provider.NetworkLinks.Offer;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The files in an answer to DescribeBackupUrl (tencent-aliyun.md 2.2): one for each shard. Older answers have three lists
 * side by side instead, and newer ones null in their place.
 */
final class V3Links {
    private V3Links() {}

    /** The offered files; nothing when the answer knows neither form. */
    static Optional<List<Offer>> offers(Fields response) {
        var infos = response.list("BackupInfos");
        if (infos.filter(list -> !list.isEmpty()).isPresent()) {
            return infos.map(list -> list.stream().map(V3Links::offer).toList());
        }
        var older = older(response);
        return older.or(() -> infos.map(empty -> List.of()));
    }

    private static Offer offer(Fields info) {
        var bytes = info.number("FileSize").orElse(0);
        // Zero is "not known".
        var size = bytes > 0 ? new ByteCount(bytes) : null;
        return new Offer(
                info.text("FileName").orElse(""),
                size,
                info.text("DownloadUrl").orElse(""),
                info.text("InnerDownloadUrl").orElse(""));
    }

    private static Optional<List<Offer>> older(Fields response) {
        var outer = response.texts("DownloadUrl");
        var inner = response.texts("InnerDownloadUrl");
        if (outer.isEmpty() && inner.isEmpty()) {
            return Optional.empty();
        }
        var names = response.texts("Filenames").orElse(List.of());
        var files = Stream.of(outer, inner)
                .flatMap(Optional::stream)
                .mapToInt(List::size)
                .max()
                .orElse(0);
        return Optional.of(IntStream.range(0, files)
                .mapToObj(i ->
                        new Offer(at(names, i), null, at(outer.orElse(List.of()), i), at(inner.orElse(List.of()), i)))
                .toList());
    }

    private static String at(List<String> texts, int index) {
        return index < texts.size() ? texts.get(index) : "";
    }
}
