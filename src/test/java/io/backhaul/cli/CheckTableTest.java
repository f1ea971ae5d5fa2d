package io.backhaul.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.app.Finding;
import io.backhaul.app.Finding.Area;
import io.backhaul.app.Finding.Remedy;
import io.backhaul.app.Finding.Verdict;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckTableTest {
    @Test
    void aTerminalGetsATableThenWhatIsToBeDoneThenTheSum() {
        var remedy = new Remedy("wrong-secret", "operator", "correct sources[0].credentials.secret-key", List.of());
        var findings = List.of(
                new Finding(Area.ARCHIVE, "nas", Verdict.OK, "writable, free 2.0 TiB", null, ""),
                new Finding(Area.PROVIDER, "prod", Verdict.FAILED, "wrong secret", remedy, "HTTP 401\u001b[2J"));

        assertThat(CheckTable.of(Path.of("b.yaml"), findings, ExitCode.PROVIDER))
                .isEqualTo("""
                        CHECK     OF      FOUND
                ok      config    b.yaml  no faults
                ok      archive   nas     writable, free 2.0 TiB
                failed  provider  prod    wrong secret

                provider prod: wrong secret
                  operator: correct sources[0].credentials.secret-key
                  it was said: HTTP 401?[2J

                3 checks, 1 failed, 0 with a warning; exit code 3""");
    }
}
