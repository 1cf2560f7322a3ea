"""HTTP: addresses, headers and bodies on one side, one function of `records` on the other."""
