package io.backhaul.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class VendorJudgeTest {
    private static final String THEIRS = "com.huaweicloud.sdk.core.auth.BasicCredentials";
    private static final String ON_BOTH_SIDES = "okhttp3.OkHttpClient";

    private final ClassLoader judges = VendorJudge.of("huawei").loader();

    @Test
    void weDoNotSeeTheVendorsClient() {
        assertThatThrownBy(() -> Class.forName(THEIRS)).isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void aJudgeSeesTheVendorsClientWithLibrariesOfItsOwn() throws ClassNotFoundException {
        assertThat(judges.loadClass(THEIRS).getClassLoader()).isSameAs(judges);
        assertThat(judges.loadClass(ON_BOTH_SIDES)).isNotSameAs(Class.forName(ON_BOTH_SIDES));
    }

    @Test
    void aJudgeSeesNothingOfOursButThisPackage() throws ClassNotFoundException {
        assertThat(judges.loadClass(VendorJudge.class.getName())).isSameAs(VendorJudge.class);
        assertThatThrownBy(() -> judges.loadClass("io.backhaul.backup.SignedUrl"))
                .isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void aVendorWithoutJarsIsSaid() {
        assertThatThrownBy(() -> VendorJudge.of("nobody")).hasMessageContaining("target/judges/nobody");
    }
}
