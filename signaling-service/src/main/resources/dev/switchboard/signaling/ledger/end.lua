-- Ends a session whose client said that it goes.
-- ARGV 9 node, 10 session, 11 number, 12 epoch
-- Returns {'lapsed', why} or 'done'
local why = lapsed(ARGV[10], ARGV[9], ARGV[11], ARGV[12])
if why then
  return answer({'lapsed', why})
end
finish(ARGV[10], 'left')
return answer({'done'})
