package dev.observatory.transcript;

/** What came of a line: a record, or a refusal. */
public sealed interface ParsedLine permits TranscriptRecord, BadLine {}
