package dev.observatory.protocol;

/**
 * Why a command was not carried out.
 *
 * @param id the id of the refused command as JSON text, null where it had no readable one
 * @param message what is wrong, for a person
 * @param field the field it is about, null when it is about none
 */
public record CommandRefusal(String id, ErrorCode code, String message, String field) implements Reading {}
