/** Items, what is there of them, and who has it reserved. */
@NullMarked
package com.example.inventory;

import org.jspecify.annotations.NullMarked;
