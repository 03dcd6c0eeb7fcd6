package dev.observatory.redaction;

import java.util.LinkedHashMap;
import java.util.Map;

/** Made-up secrets of every kind. They are put together here, so that nothing that scans sources takes them for real. */
final class Secrets {

    static final String HEX = "0123456789abcdef";
    static final String MIXED = "Ab3dE6gH9jK2mN5pQ8sT1vW4xY7z" + "Bc0fG8kL";

    static final String AWS_KEY = "AK" + "IA" + "Z7Q2W5E8R1T4Y6U9";
    static final String AWS_SECRET = MIXED + "/+9x";
    static final String GITHUB = "gh" + "p_" + MIXED;
    static final String JWT = "ey" + "JhbGciOiJIUzI1NiJ9." + "ey" + "JzdWIiOiJhZGEifQ." + MIXED;
    static final String ANTHROPIC = "sk-" + "ant-" + "api03-" + MIXED;
    static final String PASSWORD = "c0rrect-h0rse";
    static final String EMAIL = "ada.lovelace" + "@" + "engine.example.org";

    private Secrets() {}

    /** A private key, whose lines are broken by whatever is given. */
    static String privateKey(String type, String lineBreak) {
        return begin(type) + lineBreak + keyLines(lineBreak) + lineBreak + "-----" + "END " + type + "-----";
    }

    /** A private key without its end. */
    static String truncatedKey(String lineBreak) {
        return begin("RSA PRIVATE KEY") + lineBreak + keyLines(lineBreak);
    }

    private static String begin(String type) {
        return "-----" + "BEGIN " + type + "-----";
    }

    private static String keyLines(String lineBreak) {
        String line = (MIXED + MIXED).substring(0, 64);
        return line + lineBreak + line + lineBreak + line + lineBreak + "Qx7/+Zk9AbCdEfGhIj0=";
    }

    /** Texts of the form {@code before«secret»after}, by kind; the secret is marked by {@code «} and {@code »}. */
    static Map<String, String[]> samples() {
        Map<String, String[]> samples = new LinkedHashMap<>();
        samples.put("aws-key", new String[] {"id «" + AWS_KEY + "» ok", "AWS_ACCESS_KEY_ID=«" + AWS_KEY + "»"});
        samples.put("aws-secret", new String[] {
            "aws_secret_access_key = «" + AWS_SECRET + "»",
            "AWS_SECRET_ACCESS_KEY=«" + AWS_SECRET + "»",
            "\"SecretAccessKey\": \"«" + AWS_SECRET + "»\"",
            "aws configure set aws_secret_access_key «" + AWS_SECRET + "»"
        });
        samples.put("google-key", new String[] {
            "?key=«AI" + "za" + MIXED + "»&x=1", "«GOC" + "SPX-" + MIXED + "»", "«ya" + "29." + MIXED + "»"
        });
        samples.put("azure-key", new String[] {
            "AccountName=x;AccountKey=«" + MIXED + MIXED + "0123456789abcd==»;EndpointSuffix=y",
            "AZURE_STORAGE_KEY=«" + MIXED + MIXED + "==»",
            "https://x.example/c?sv=2024&sig=«" + MIXED + "%3D»&se=2025"
        });
        samples.put("github-token", new String[] {
            "«" + GITHUB + "»",
            "export GH_TOKEN=«gh" + "o_" + MIXED + "»",
            "«github" + "_pat_" + MIXED + "_" + MIXED + "»"
        });
        samples.put("gitlab-token", new String[] {"--header 'PRIVATE-TOKEN: «gl" + "pat-" + MIXED + "»'"});
        samples.put("slack-token", new String[] {
            "«xo" + "xb-1234567890-" + MIXED + "»", "https://«hooks.slack" + ".com/services/T0123/B0123/" + MIXED + "»"
        });
        samples.put("stripe-key", new String[] {"«sk" + "_live_" + MIXED + "»", "«wh" + "sec_" + MIXED + "»"});
        samples.put("anthropic-key", new String[] {
            "ANTHROPIC_API_KEY=«" + ANTHROPIC + "»", "x-api-key: «" + ANTHROPIC + "»", "'«" + ANTHROPIC + "»'"
        });
        samples.put("openai-key", new String[] {
            "«sk" + "-" + MIXED + "»", "OPENAI_API_KEY=\"«sk" + "-proj-" + MIXED + "_" + MIXED + "»\""
        });
        samples.put("npm-token", new String[] {"//registry.example/:_authToken=«np" + "m_" + MIXED + "»"});
        samples.put("pypi-token", new String[] {"password = «py" + "pi-AgEI" + MIXED + "»"});
        samples.put("service-token", new String[] {"HF_TOKEN=«h" + "f_" + MIXED + "»", "«hv" + "s." + MIXED + "»"});
        samples.put("jwt", new String[] {
            "cookie=«" + JWT + "»; path=/", "Authorization: Bearer «" + JWT + "»", "{\"jwt\":\"«" + JWT + "»\"}"
        });
        samples.put("bearer-token", new String[] {
            "Authorization: Bearer «" + MIXED + "»",
            "\"Authorization\": \"bearer «" + HEX + "»\"",
            "-H \"Bearer «a1b2c3d4»\""
        });
        samples.put("basic-auth", new String[] {
            "Authorization: Basic «YWRhOmM=»",
            "headers.set(\"Authorization\", \"Basic «dXNlcjpwYXNzd29yZA»\")",
            "//registry.example/:_auth=«dXNlcjpwYXNz»"
        });
        samples.put("authorization", new String[] {"Authorization: token «" + HEX + HEX + "»"});
        samples.put("private-key", new String[] {
            "«" + privateKey("RSA PRIVATE KEY", "\n") + "»",
            "a\n«" + privateKey("EC PRIVATE KEY", "\r\n") + "»\nb",
            "PRIVATE_KEY=\"«" + privateKey("OPENSSH PRIVATE KEY", "\\n") + "»\"",
            "«" + privateKey("PRIVATE KEY", "\n    12\u2192") + "»",
            "«" + privateKey("PGP PRIVATE KEY BLOCK", "\n") + "»",
            "«" + privateKey("RSA PRIVATE KEY", "\nProc-Type: 4,ENCRYPTED\n\n") + "»",
            "k = \"«" + privateKey("PRIVATE KEY", "\\n\" +\n    \"") + "»\"",
            "«" + truncatedKey("\n") + "»\n\nand so on",
            "«" + truncatedKey("\\n") + "»"
        });
        samples.put("url-password", new String[] {
            "postgres://ada:«" + PASSWORD + "»@db.example.org:5432/x",
            "redis://:«" + PASSWORD + "»@localhost",
            "mongodb+srv://ada:«p@ss»@db.example.org",
            "git clone https://x-access:«" + HEX + "»@git.example.org/a.git"
        });
        samples.put("password", passwords());
        samples.put("secret", new String[] {
            "API_KEY=«" + HEX + "»",
            "api-key: «" + HEX + "»",
            "client_secret: '«" + HEX + "»'",
            "\"accessToken\":\"«" + HEX + "»\"",
            "?access_token=«" + HEX + "»&x=1",
            "--token «" + HEX + "»",
            "--api-key=«" + HEX + "»",
            "const apiKey = \"«" + HEX + "»\";",
            "secret => \"«" + HEX + "»\""
        });
        samples.put("email", new String[] {
            "from «" + EMAIL + "».", "Ada L. &lt;«" + EMAIL + "»&gt;", "a,«" + EMAIL + "»,b", "mailto:«" + EMAIL + "»"
        });
        return samples;
    }

    private static String[] passwords() {
        return new String[] {
            "password=«hunter2»",
            "PASSWORD=«postgres»",
            "export DB_PASSWORD='«hunter2»'",
            "MYSQL_PWD=«letmein»",
            "SMTP_PASS=«letmein»",
            "PGPASSWORD=«hunter2» psql -h db",
            "${DB_PASSWORD:-«hunter2»}",
            "spring.datasource.password=«hunter2»",
            "password = «hunter2»",
            "password: «hunter2»",
            "user: ada, password: «hunter2», host: db",
            "password: \"«letmein»\"",
            "'password': '«it\"s»'",
            "{\"password\":\"«letmein»\"}",
            "{\\\"password\\\": \\\"«letmein»\\\"}",
            "{user: 'ada', pass: '«letmein»'}",
            "val password: String = \"«hunter2»\"",
            "password := \"«letmein»\"",
            "$config['password'] = '«letmein»';",
            ":password => \"«letmein»\"",
            "if (password == \"«letmein»\")",
            "passphrase: \"«correct horse battery staple»\"",
            "?user=ada&password=«letmein»&x=1",
            "jdbc:mysql://db/x?user=ada&password=«hunter2»",
            "Server=db;Uid=sa;Pwd=«hunter2»;Encrypt=yes",
            "--password «hunter2» --verbose",
            "--password=«hunter2»",
            "--db-password \"«hunter2»\"",
            "ALTER USER ada WITH PASSWORD '«hunter2»';",
            "CREATE USER ada IDENTIFIED BY '«letmein»';",
            "<password>«hunter2»</password>",
            "sshpass -p «hunter2» ssh ada@host",
            "mysql -u root -p«hunter2» db",
            "curl -s -u ada:«hunter2» https://example.org",
            "machine db login ada password «hunter2»"
        };
    }
}
