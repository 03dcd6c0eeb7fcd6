/**
 * Bearer tokens: from the text of a token to who it is and what they may do, or to the reason why not. Called by whoever
 * lets requests in, and again when a client renews its token; knows neither HTTP requests nor connections.
 *
 * <p>A JWT is not believed in anything before its signature is: of its header, five fields are read, and none of them
 * says where a key is. The library for JOSE is known here and nowhere else.
 */
package dev.observatory.auth.token;
