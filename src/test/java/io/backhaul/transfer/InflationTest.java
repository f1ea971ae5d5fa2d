package io.backhaul.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.transfer.Inflation.Progress;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

class InflationTest {
    @Test
    void aStreamEndsWithItsLastByteHoweverMuchOfItIsStillToComeOut() {
        var inflation = new Inflation();
        for (var size = 65_000; size < 66_500; size++) {
            var packed = new byte[1000];
            var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
            deflater.setInput(new byte[size]);
            deflater.finish();
            var length = deflater.deflate(packed);
            deflater.end();

            inflation.begin();
            assertThat(inflation.take(packed, 0, length)).isEqualTo(length);
            assertThat(inflation.progress()).as("%s zeros", size).isEqualTo(Progress.ENDED);
            assertThat(inflation.size()).isEqualTo(size);
        }
        inflation.close();
    }
}
