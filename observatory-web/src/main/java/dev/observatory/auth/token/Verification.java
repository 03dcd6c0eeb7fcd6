package dev.observatory.auth.token;

/** What came of a token: who it is, or why it is refused. */
public sealed interface Verification permits Identity, TokenRefusal {}
