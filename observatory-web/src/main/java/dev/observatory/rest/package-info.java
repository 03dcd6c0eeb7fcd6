/** The REST interface below {@code /api}: what a client can ask for once, instead of being told again and again. */
package dev.observatory.rest;
