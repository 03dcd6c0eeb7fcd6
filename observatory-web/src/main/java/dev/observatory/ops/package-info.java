/** What the people who run Observatory see of it. */
package dev.observatory.ops;
