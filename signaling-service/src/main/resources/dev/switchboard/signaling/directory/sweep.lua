-- Takes a node that died out of every place of a realm. Whoever comes second finds nothing.
-- KEYS 1 the realm's nodes, 2 the places of the node
-- ARGV 1 node, 2 what the keys of places begin with
-- Returns {{tag, session, as it was, session, occupant, session, ...}, ...}
redis.call('SREM', KEYS[1], ARGV[1])
local vacancies = {}
for _, entry in ipairs(redis.call('SMEMBERS', KEYS[2])) do
  local tag, session = string.match(entry, '^(.*)\n([^\n]*)$')
  local place = ARGV[2] .. tag
  local before = redis.call('HGET', place, session)
  if before and string.match(before, '^%d+\n([^\n]*)\n') == ARGV[1] then
    redis.call('HDEL', place, session)
    local vacancy = {tag, session, before}
    local all = redis.call('HGETALL', place)
    for i = 1, #all, 2 do
      if all[i] ~= '' then
        vacancy[#vacancy + 1] = all[i]
        vacancy[#vacancy + 1] = all[i + 1]
      end
    end
    if #vacancy == 3 then
      redis.call('DEL', place)
    end
    vacancies[#vacancies + 1] = vacancy
  end
end
redis.call('DEL', KEYS[2])
return vacancies
