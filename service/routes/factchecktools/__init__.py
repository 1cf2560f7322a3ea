"""Google's Fact Check Tools API over HTTP: its parameters, its answers, its errors."""
