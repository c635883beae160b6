-- Talks alone, the way of every message, for all who write at once: for each a lock, a token, how many talks, then a
-- name and a value for each talk. Returns for each whether the turn was still theirs.
local stored = {}
local at = 1
while at <= #ARGV do
  local last = at + 2 + 2 * ARGV[at + 2]
  local is_theirs = ours(ARGV[at], ARGV[at + 1])
  for place = is_theirs and at + 3 or last + 1, last, 2 do
    put(ARGV[place], ARGV[place + 1])
  end
  stored[#stored + 1] = is_theirs and 1 or 0
  at = last + 1
end
return stored
