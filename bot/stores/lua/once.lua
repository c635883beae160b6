-- A name and a box: of many who ask, the first one's box counts.
call('HSETNX', P .. 'secrets', ARGV[1], ARGV[2])
return call('HGET', P .. 'secrets', ARGV[1])
