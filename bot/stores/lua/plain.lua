-- Talks alone, the way of every message: lock, token, then a name and a value for each.
if not ours(ARGV[1], ARGV[2]) then
  return 0
end
for at = 3, #ARGV, 2 do
  put(ARGV[at], ARGV[at + 1])
end
return 1
