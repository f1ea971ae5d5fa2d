package io.backhaul.provider.huawei;

/** An IAM user that gets tokens for its password (huawei.md 3.1). Never prints; only this package reads the password. */
public final class IamUser implements HuaweiCredential {
    private final String name;
    private final String password;
    private final String domain;

    /**
     * A user; an account itself, a Huawei ID, cannot get tokens.
     *
     * @param domain the account that the user belongs to
     * @throws IllegalArgumentException when a part is empty; the text does not repeat it
     */
    public IamUser(String name, String password, String domain) {
        this.name = present("user's name", name);
        this.password = present("user's password", password);
        this.domain = present("user's domain", domain);
    }

    String name() {
        return name;
    }

    String password() {
        return password;
    }

    String domain() {
        return domain;
    }

    private static String present(String what, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("the " + what + " is empty");
        }
        return value;
    }

    @Override
    public String toString() {
        return "***";
    }
}
