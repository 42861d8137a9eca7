import sys; sys.path.insert(0,'SCRATCH')
from model import *
torch.manual_seed(1); random.seed(1); torch.set_num_threads(2)
LAYERS=int(sys.argv[1]); EPOCHS=int(sys.argv[2]); OUT=sys.argv[3]
t0=time.time()
chunks=[]
for line in open('SCRATCH/train.jsonl'):
    r=json.loads(line); w=1
    if not r['id'].startswith('p') or len(r['id'])>2: w=2
    cs=prepare(r); chunks+=cs*w
print(len(chunks),'chunks',time.time()-t0,flush=True)
enc=Enc(LAYERS); enc.load(__import__('safetensors.torch').torch.load_file(f'{W}/model.safetensors')); head=Speaks(); enc.word.weight.requires_grad_(False)
ps=[{'params':[p for p in enc.parameters() if p.requires_grad],'lr':1.2e-4},{'params':head.parameters(),'lr':1e-3}]
opt=torch.optim.AdamW(ps,weight_decay=.01); BS=24
steps=EPOCHS*(len(chunks)//BS); base=[g['lr'] for g in opt.param_groups]; n=0; tot=0
enc.train(); head.train()
def batches():
    order=list(range(len(chunks))); random.shuffle(order)
    # similar lengths are nearly all CHUNK
    for i in range(0,len(order)-BS+1,BS): yield [chunks[j] for j in order[i:i+BS]]
for ep in range(EPOCHS):
    for b in batches():
        f=min(1,(n+1)/(steps*.06))*max(0,(steps-n)/steps)
        for g,l in zip(opt.param_groups,base): g['lr']=l*f
        ids,case,quo,mask=batchify(b)
        drop=torch.rand(ids.shape)<.05; ids=ids.masked_fill(drop&mask,103)
        with torch.autocast('cpu',dtype=torch.bfloat16): x=enc(ids,case,quo,mask)
        sc=score(head,x,b); rights=[s[3] for c in b for s in c[3]]
        loss=0
        for s,r in zip(sc,rights):
            lp=F.log_softmax(s,-1); loss=loss-torch.logsumexp(lp[torch.tensor(r)],-1)
        loss=loss/len(sc)
        opt.zero_grad(); loss.backward(); nn.utils.clip_grad_norm_([*enc.parameters(),*head.parameters()],1.0); opt.step()
        n+=1; tot=.98*tot+.02*loss.item() if n>1 else loss.item()
        if n%50==0: print(n,steps,round(tot,4),round(time.time()-t0),flush=True)
torch.save({'enc':enc.state_dict(),'head':head.state_dict(),'layers':LAYERS},OUT)
