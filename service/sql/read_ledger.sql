-- Names and checksums of the migrations that ran.
SELECT name, sha256 FROM migration ORDER BY name
