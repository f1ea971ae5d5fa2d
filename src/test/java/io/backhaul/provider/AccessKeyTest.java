package io.backhaul.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessKeyTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "with blank", "line\nbreak", "ümlaut"})
    void aKeyThatIsNoneIsRefusedWithoutBeingRepeated(String part) {
        assertThatThrownBy(() -> AccessKey.permanent(part, "secret"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the access key is empty or has characters that no key has");
        assertThatThrownBy(() -> AccessKey.permanent("id", part))
                .hasMessage("the secret key is empty or has characters that no key has");
        assertThatThrownBy(() -> AccessKey.temporary("id", "secret", part))
                .hasMessage("the session token is empty or has characters that no key has");
    }

    @Test
    void itsRedactorHidesEveryPart() {
        var key = AccessKey.temporary("AKID-ONE", "SECRET-TWO", "TOKEN-THREE");

        assertThat(key.redactor().excerpt("AKID-ONE said SECRET-TWO to TOKEN-THREE"))
                .doesNotContain("ONE", "TWO", "THREE");
        assertThat(key).hasToString("***");
    }
}
