/**
 * How the protocol looks as text: commands are read here, and every frame that is no message is written here. Messages
 * come from the journal with their text. Called by the hub; knows no connections.
 */
package dev.observatory.wire;
